// Reads QR codes off pictures in a thread of its own: the decoder's WebAssembly lives here and nowhere else.
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

// By itself the library would fetch it from a public server.
prepareZXingModule({ overrides: { locateFile: () => wasm } })
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
