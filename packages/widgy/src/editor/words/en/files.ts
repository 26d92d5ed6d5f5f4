import { formats } from './formats.ts';

/** Files that are added to the media of the site. */
export const files = {
  addPicture: 'Upload a picture',
  add: 'Upload a file',
  adding: ({ name }: { name: string }) => `${name} is being uploaded.`,
  added: ({ name }: { name: string }) => `${name} was uploaded and chosen.`,
  again: 'Try again',
  unreachable: ({ name }: { name: string }) => `${name} was not uploaded: the server does not answer.`,
  /** Why a file was refused, by the code that the server gives. */
  refused: {
    busy: 'The server is taking other files now. Try again in a moment.',
    interrupted: 'The upload broke off. Try again.',
    empty: 'The file is empty.',
    'too-large': ({ limit }: { limit: number }) =>
      `The file is too large. At most ${formats.bytes(limit)} are taken.`,
    'type-refused': 'Files of this type are not taken.',
    'type-mismatch': 'The file is of another type than its name says.',
    damaged: 'The file cannot be read as a picture.',
    'too-many-pixels': 'The picture has too many pixels. Make it smaller first.',
  },
  refusedOtherwise: 'The file was refused.',
};
