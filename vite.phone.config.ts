// The phone page: static files in out/phone that any HTTPS host can serve, with the list of them for its service worker.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { drawIcon } from './scripts/phone-icon.mjs'

const page = path.resolve(import.meta.dirname, 'src/phone')

/** 180 is what an iPhone puts on its home screen; the others are what the manifest names. */
function drawIcons(): Plugin {
  return {
    name: 'wardkey-draw-icons',
    apply: 'build',
    buildStart() {
      for (const side of [180, 192, 512])
        this.emitFile({ type: 'asset', fileName: `icon-${side}.png`, source: drawIcon(side) })
    },
  }
}

/** Every file that was built or copied, and a name that changes with any of them, put into the service worker. */
function listFiles(): Plugin {
  return {
    name: 'wardkey-list-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const copied = fs.readdirSync(path.join(page, 'public'))
      const built = Object.keys(bundle).filter((name) => name !== 'service-worker.js' && name !== 'index.html')
      const files = ['./', ...built, ...copied].toSorted()
      const hash = createHash('sha256')
      for (const name of Object.keys(bundle).toSorted()) {
        const made = bundle[name]
        hash.update(name).update(made?.type === 'chunk' ? made.code : (made?.source ?? ''))
      }
      for (const name of copied) hash.update(fs.readFileSync(path.join(page, 'public', name)))
      const worker = bundle['service-worker.js']
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built')
      worker.code = `const PAGE_FILES=${JSON.stringify(files)},PAGE_VERSION=${JSON.stringify(hash.digest('hex').slice(0, 16))};${worker.code}`
    },
  }
}

export default defineConfig({
  root: page,
  base: './',
  publicDir: 'public',
  plugins: [react(), drawIcons(), listFiles()],
  resolve: { alias: [{ find: /^qrcode$/, replacement: 'qrcode/lib/core/qrcode.js' }] },
  worker: { format: 'es' },
  build: {
    outDir: path.resolve(import.meta.dirname, 'out/phone'),
    emptyOutDir: true,
    // Safari 16.4 is the first with all that the page needs.
    target: ['chrome109', 'safari16.4', 'firefox115'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: path.join(page, 'index.html'), 'service-worker': path.join(page, 'service-worker.ts') },
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
