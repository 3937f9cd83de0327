// Three bundles: main as ESM, one CommonJS preload for the sandbox, the window's page.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { listPackages } from './scripts/package/list-packages.mjs'
import { wasmWithin } from './scripts/wasm-within.mjs'

// Set by hand: the lower of the two runtimes that this runs on.
const node = 'node20.18'
const chrome = 'chrome130'
// At every start all of it is read, and most of it parsed.
const minify = true
const native = ['electron', 'better-sqlite3', 'keytar']

export default defineConfig({
  main: {
    plugins: [listPackages('main')],
    // Only the symbol is ours to make: the package's whole would bring its own PNG and terminal writers to every start.
    resolve: { alias: [{ find: /^qrcode$/, replacement: 'qrcode/lib/core/qrcode.js' }] },
    build: {
      target: node,
      minify,
      externalizeDeps: false,
      rollupOptions: { input: 'src/main/index.ts', external: native, output: { format: 'es' } },
    },
  },
  preload: {
    plugins: [listPackages('preload')],
    build: {
      target: node,
      externalizeDeps: false,
      rollupOptions: {
        input: 'src/preload/index.ts',
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react(), listPackages('renderer')],
    worker: { format: 'es', plugins: () => [wasmWithin, listPackages('worker')] },
    build: {
      target: chrome,
      minify,
      rollupOptions: { input: 'src/renderer/index.html' },
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
})
