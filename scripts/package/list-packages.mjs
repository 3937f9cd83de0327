// For the builds of the app: notes which npm packages went into a bundle, so that what is said of a package's contents is what was read.
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../project.mjs'

const notes = path.join(root, 'out', 'contents')
const folderOf = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** @param {string} bundle its name. */
export function listPackages(bundle) {
  return {
    name: 'wardkey-list-packages',
    apply: 'build',
    generateBundle(_options, made) {
      const modules = Object.values(made).flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []))
      const folders = modules.flatMap((id) => folderOf.exec(id)?.[1] ?? [])
      const found = [...new Set(folders)].map((folder) => path.relative(root, folder)).toSorted()
      fs.mkdirSync(notes, { recursive: true })
      fs.writeFileSync(path.join(notes, `${bundle}.json`), JSON.stringify(found))
    },
  }
}

/** @returns {string[]} folders under the tree of all packages that are in the bundles, such as node_modules/zod. */
export function bundledPackages(bundles) {
  const read = (bundle) => JSON.parse(fs.readFileSync(path.join(notes, `${bundle}.json`), 'utf8'))
  return [...new Set(bundles.flatMap(read))].toSorted()
}
