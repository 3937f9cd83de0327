// A picture file as the station takes it: a PNG no larger than a logo may be. Decoding happens here, in the sandbox.
import { logoLimits } from '../../core/brand.ts'

/** Base64 of a PNG; null where the file is no picture, or one that stays too large. */
export async function logoFrom(file: Blob): Promise<string | null> {
  const picture = await decoded(file)
  if (!picture) return null
  try {
    for (
      let scale = Math.min(1, logoLimits.width / picture.width, logoLimits.height / picture.height);
      scale > 0.05;
    ) {
      const png = await drawn(picture, scale)
      if (png && png.size <= logoLimits.bytes) return await base64(png)
      scale *= 0.75
    }
    return null
  } finally {
    picture.close()
  }
}

async function decoded(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file)
  } catch (error) {
    // What the browser says of a file that is no picture.
    if (error instanceof DOMException) return null
    throw error
  }
}

async function drawn(picture: ImageBitmap, scale: number): Promise<Blob | null> {
  const width = Math.max(1, Math.round(picture.width * scale))
  const canvas = new OffscreenCanvas(width, Math.max(1, Math.round(picture.height * scale)))
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/png' })
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
