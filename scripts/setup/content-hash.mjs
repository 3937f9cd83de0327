// One hash over files and folders, and stamps that remember for which hash a piece of work was done.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** SHA-256 over names and contents, in a fixed order; what does not exist counts as absent. */
export function hashContents(base, names) {
  const hash = createHash('sha256')
  for (const name of [...names].sort()) addEntry(hash, base, name)
  return hash.digest('hex')
}

function addEntry(hash, base, name) {
  const file = path.join(base, name)
  const status = fs.statSync(file, { throwIfNoEntry: false })
  if (status?.isDirectory()) {
    for (const child of fs.readdirSync(file).sort()) addEntry(hash, base, path.join(name, child))
  } else if (status) {
    // The length goes in too, so that no two sets of files can run together into the same bytes.
    hash.update(`${name.split(path.sep).join('/')}\0${status.size}\0`)
    hash.update(fs.readFileSync(file))
  }
}

export function readStamp(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

export function writeStamp(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, `${value}\n`)
}
