// Reads QR codes off single frames, beside the page: the document's own policy need not allow WebAssembly.
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

interface Detector {
  detect(frame: ImageBitmap): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: 'qr_code'[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

let detector: Promise<Detector> | null = null

/** The browser's own where it has one; else the decoder that comes with us. */
async function makeDetector(): Promise<Detector> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (own && (await own.getSupportedFormats()).includes('qr_code')) return new own({ formats: ['qr_code'] })
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill')
  // From our own files: by default it would be fetched from somebody else's.
  prepareZXingModule({ overrides: { locateFile: () => wasm } })
  return new BarcodeDetector({ formats: ['qr_code'] })
}

/** @param event a frame, which is closed here. Answers with the texts that it holds, or null where reading failed. */
globalThis.onmessage = async ({ data: frame }: MessageEvent<ImageBitmap>) => {
  let texts: readonly string[] | null = null
  try {
    detector ??= makeDetector()
    texts = (await (await detector).detect(frame)).map(({ rawValue }) => rawValue)
  } catch {
    // A decoder that could not be made is tried anew with the next frame; the page says that nothing is read.
    detector = null
  } finally {
    frame.close()
  }
  globalThis.postMessage(texts)
}
