// Without this script a video is a link to its page. With it, a button loads the player in its place, and nothing is loaded before.
import { parseVideo, playerAddress } from './video-address.ts';

for (const element of document.querySelectorAll<HTMLElement>('.w-video')) {
  const video = parseVideo(element.dataset.address ?? '');
  const ask = element.querySelector<HTMLElement>('.w-video-ask');
  const button = element.querySelector<HTMLElement>('.w-video-play');
  if (video === undefined || ask === null || button === null) continue;
  ask.hidden = false;
  button.addEventListener('click', () => {
    const frame = document.createElement('iframe');
    frame.className = 'w-video-frame';
    frame.title = element.dataset.title ?? '';
    frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
    // The player asks where it is shown; it need not know which page of the site.
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    frame.src = playerAddress(video);
    element.replaceChildren(frame);
    frame.focus();
  });
}
