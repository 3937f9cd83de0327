// Where the packaged app begins, with the command line; the window's own bundles are beside it, as electron-vite makes them.
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { listPackages } from './scripts/package/list-packages.mjs'

const root = import.meta.dirname

/** Built already: loaded from where it lies. */
const windowApart: Plugin = {
  name: 'wardkey-window-apart',
  enforce: 'pre',
  resolveId: (source) => (source === '../main/index.ts' ? { id: '../main/index.js', external: 'absolute' } : null),
}

export default defineConfig({
  plugins: [windowApart, listPackages('start')],
  ssr: { target: 'node', noExternal: true },
  build: {
    ssr: true,
    outDir: path.join(root, 'out', 'start'),
    emptyOutDir: true,
    target: 'node20.18',
    minify: true,
    reportCompressedSize: false,
    rollupOptions: {
      input: { index: 'src/start/index.ts' },
      external: ['electron', 'better-sqlite3', 'keytar'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
