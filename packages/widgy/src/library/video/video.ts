import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';
import type { FieldKind } from '../../widgets/fields/kind.ts';
import { parseVideo, watchAddress } from './video-address.ts';

/** The kind of field that holds the address of a video. Templates get the address of its page, always in the same form, or nothing. */
export const videoKind: FieldKind = {
  shape: 'text',
  check: (value) =>
    typeof value !== 'string' || value === '' || parseVideo(value) !== undefined
      ? undefined
      : 'Enter the address of a video on YouTube or Vimeo, such as https://www.youtube.com/watch?v=aqz-KE-bpKQ.',
  show: (value) => {
    const video = typeof value === 'string' ? parseVideo(value) : undefined;
    return video === undefined ? '' : watchAddress(video);
  },
};

/** A video of YouTube or Vimeo. Nothing is loaded from there before a visitor asks for it. */
export const video = defineWidget({
  type: 'video',
  label: 'Video',
  description: 'A video on YouTube or Vimeo. It is loaded when a visitor asks for it.',
  keywords: ['embed', 'youtube', 'vimeo', 'film', 'player'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    address: z.string().max(500).default('').meta({
      label: 'Address',
      help: 'The address of the video on YouTube or Vimeo, as the browser shows it.',
      kind: 'video',
    }),
    title: z.string().max(200).default('').meta({ label: 'Title', help: 'Says what the video shows.' }),
    still: z.string().max(2000).default('').meta({
      label: 'Still',
      help: 'A picture that is shown until the video is played.',
      kind: 'image',
    }),
  }),
  summary: 'title',
});
