/** Images with the class each one shows, as bytes: the form in which every data set is read or drawn. */

export interface LabelledImages {
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3: red, green and blue, side by side for each pixel. */
  readonly channels: 1 | 3;
  /** One image after another, rows from the top, 0 (dark) to 255. */
  readonly pixels: Uint8Array;
  /** The class of each image, 0 to 9. */
  readonly labels: Uint8Array;
}

export function imageSize({ height, width, channels }: Pick<LabelledImages, 'height' | 'width' | 'channels'>): number {
  return height * width * channels;
}

/** The pixels of one image: a view, not a copy. */
export function imageAt(images: LabelledImages, index: number): Uint8Array {
  const size = imageSize(images);
  return images.pixels.subarray(index * size, (index + 1) * size);
}
