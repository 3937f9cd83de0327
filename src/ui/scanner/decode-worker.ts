// Reads QR codes off pictures in a thread of its own: the decoder's WebAssembly lives here and nowhere else.
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'
// Within this file: the worker then needs no leave to fetch anything.
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?inline'

/** Of `data:…;base64,…`. */
const bytesOf = (address: string): ArrayBuffer =>
  Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (sign) => sign.charCodeAt(0)).buffer

// By itself the library would fetch it from a public server.
prepareZXingModule({ overrides: { wasmBinary: bytesOf(wasm) } })
const detector = new BarcodeDetector({ formats: ['qr_code'] })

addEventListener('message', ({ data: picture }: MessageEvent<ImageBitmap>) => {
  void read(picture).then((text) => postMessage(text))
})

/** What the first QR code in the picture says; null where none can be read. */
async function read(picture: ImageBitmap): Promise<string | null> {
  try {
    const [found] = await detector.detect(picture)
    return found?.rawValue ?? null
  } finally {
    picture.close()
  }
}
