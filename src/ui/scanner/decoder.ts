// The decoder as a window uses it: one picture at a time, answered by what its QR code says.

export interface Decoder {
  /** @returns null where no QR code can be read. Rejects where the decoder itself fails. */
  read(picture: ImageBitmap): Promise<string | null>
  close(): void
}

export function openDecoder(): Decoder {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' })
  return {
    read: (picture) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<string | null>) => resolve(data)
        worker.onerror = () => reject(new Error('the decoder has failed'))
        worker.postMessage(picture, [picture])
      }),
    close: () => worker.terminate(),
  }
}
