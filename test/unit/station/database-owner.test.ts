// A data folder has one station process at a time, whatever becomes of it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, ownFolder } from '../../../src/station/database.ts'
import { temporaryFolder } from '../support/store.ts'

describe('a folder', () => {
  it('has one owner at a time', () => {
    const folder = temporaryFolder()
    const letGo = ownFolder(folder)
    expect(letGo).not.toBeNull()
    expect(ownFolder(folder)).toBeNull()
    letGo?.()
    const again = ownFolder(folder)
    expect(again).not.toBeNull()
    again?.()
  })

  it('is kept from another process, and let go when its owner is killed', async () => {
    const folder = temporaryFolder()
    const module = path.resolve(import.meta.dirname, '../../../src/station/database.ts')
    const program = `
      const { ownFolder } = await import(${JSON.stringify(module)})
      console.log(ownFolder(${JSON.stringify(folder)}) ? 'mine' : 'taken')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    const [said] = await once(child.stdout, 'data')
    expect(String(said).trim()).toBe('mine')
    expect(ownFolder(folder)).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const letGo = ownFolder(folder)
    expect(letGo).not.toBeNull()
    letGo?.()
  })

  it('can be read and written by others beside its owner', () => {
    const folder = temporaryFolder()
    const letGo = ownFolder(folder)
    const db = openDatabase(folder)
    expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0)
    db.close()
    letGo?.()
  })
})
