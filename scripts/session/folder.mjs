// Makes a private folder, or says in plain words why there can be none.
import fs from 'node:fs'
import { Obstacle } from '../speak.mjs'

const reasons = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
}

/** @param {string} folder absolute. */
export function makeFolder(folder) {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Obstacle(`${folder} can't be a folder: ${reasons[error.code] ?? error.code}. See WARDKEY_DATA_DIR`)
  }
}
