// What goes beside a package: its parts as a CycloneDX list, and the checksums of all of it.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { readPackage, root } from '../project.mjs'
import { runNpm } from '../setup/npm.mjs'
import { Obstacle } from '../speak.mjs'
import { bundledPackages } from './list-packages.mjs'

/** Loaded as they are, not bundled. */
const loaded = ['node_modules/better-sqlite3', 'node_modules/keytar']

/**
 * npm's own list of the whole tree, cut down to what was bundled or is loaded: tools that build and test are no part of it.
 * @param {string} electronVersion the runtime's, which is a part too.
 * @returns {object} a CycloneDX document.
 */
export async function listParts(version, electronVersion) {
  const { ok, output } = await runNpm(['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], { cwd: root })
  if (!ok) throw new Obstacle(`npm could not list the parts:\n${output}`)
  const whole = JSON.parse(output.slice(output.indexOf('{')))
  const folders = [...bundledPackages(['start', 'main', 'preload', 'renderer', 'worker']), ...loaded]
  const wanted = new Set(folders.map((folder) => purlOf(readPackage(path.join(root, folder)))))
  const components = whole.components.filter(({ purl }) => wanted.delete(purl))
  if (wanted.size > 0) throw new Obstacle(`npm's list lacks ${[...wanted].join(', ')}`)
  const electron = {
    ...{ 'bom-ref': `electron@${electronVersion}`, type: 'framework', name: 'electron', version: electronVersion },
    ...{ purl: `pkg:npm/electron@${electronVersion}`, licenses: [{ license: { id: 'MIT' } }] },
  }
  const parts = [...components.map((each) => ({ ...each, scope: 'required' })), electron]
  const refs = new Set(parts.map((each) => each['bom-ref']))
  const self = { 'bom-ref': `wardkey@${version}`, type: 'application', name: 'wardkey', version }
  return {
    ...whole,
    metadata: { ...whole.metadata, component: self },
    components: parts,
    dependencies: [
      { ref: self['bom-ref'], dependsOn: [...refs] },
      ...whole.dependencies
        .filter(({ ref }) => refs.has(ref))
        .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
    ],
  }
}

const purlOf = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** In the form that `sha256sum -c` reads. @param {string[]} names of files in the folder. */
export function writeChecksums(folder, names) {
  const lines = names.toSorted().map((name) => {
    const hash = createHash('sha256').update(fs.readFileSync(path.join(folder, name)))
    return `${hash.digest('hex')}  ${name}\n`
  })
  fs.writeFileSync(path.join(folder, 'SHA256SUMS'), lines.join(''))
}
