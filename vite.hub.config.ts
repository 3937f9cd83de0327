// The hub as one folder that needs Node alone: hub and administration bundled, with what they read and how to run them.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname
const pglite = path.dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))

/** PGlite looks for its own where its code lies, which is where the bundle lies. */
function carryFiles(): Plugin {
  return {
    name: 'wardkey-carry-files',
    apply: 'build',
    generateBundle() {
      const ours = path.join(root, 'resources', 'hub')
      const files = [
        ...['pglite.wasm', 'initdb.wasm', 'pglite.data'].map((name) => path.join(pglite, name)),
        ...fs.readdirSync(ours).map((name) => path.join(ours, name)),
      ]
      for (const file of files)
        this.emitFile({ type: 'asset', fileName: path.basename(file), source: fs.readFileSync(file) })
    },
  }
}

/** What others wrote goes on under their words: the licence of each package whose code is within. */
function carryLicences(): Plugin {
  return {
    name: 'wardkey-carry-licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((made) => (made.type === 'chunk' ? made.moduleIds : []))
      const folders = modules.flatMap((id) => /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? [])
      const texts = [...new Set(folders)].toSorted().map((folder) => {
        const { name, version: of, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
        const file = fs.readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
        return `${name} ${of} (${license})\n\n${file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : ''}\n`
      })
      this.emitFile({ type: 'asset', fileName: 'LICENCES.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) })
    },
  }
}

export default defineConfig({
  plugins: [carryFiles(), carryLicences()],
  define: {
    'process.env.npm_package_version': JSON.stringify(version),
    'process.env.WARDKEY_HUB_ADMINISTRATION': JSON.stringify('node wardkey-hub-admin.mjs'),
  },
  ssr: { target: 'node', noExternal: true },
  build: {
    ssr: true,
    outDir: path.join(root, 'out', 'hub'),
    emptyOutDir: true,
    target: 'node20.18',
    reportCompressedSize: false,
    rollupOptions: {
      input: { 'wardkey-hub': 'src/hub/index.ts', 'wardkey-hub-admin': 'src/cli/hub-administration.ts' },
      // Only there where somebody has installed it; pg goes on without.
      external: ['pg-native'],
      // PGlite has a few of its own, in code that the hub never comes to.
      checks: { eval: false },
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'part-[name]-[hash].mjs' },
    },
  },
})
