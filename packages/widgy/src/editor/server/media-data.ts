/** A file that was added, as a target of links. */
export interface AddedFile {
  readonly id: string;
  /** What references to it begin with: `media`. */
  readonly type: string;
  readonly label: string;
  readonly url: string | null;
  /** A small picture of it; null for what is no picture. */
  readonly picture: { readonly url: string; readonly width: number; readonly height: number } | null;
}

/** How files are added. */
export interface FileTaking {
  /** What references to files begin with: `media`. */
  readonly type: string;
  /** Where: POST, with a form of an `id`, the `file` and the token of the page. It answers with an {@link AddedFile}. */
  readonly url: string;
  /** Which are taken, for the control that they are chosen with: the ends of their names, such as `.png,.jpg`. */
  readonly accept: string;
  /** Of them, pictures. */
  readonly acceptPictures: string;
}
