import fs from 'node:fs'
import path from 'node:path'
import { it, expect } from 'vitest'
import { newWard, closeAll, signIn } from '../support/attack-station.ts'
import { FakeKeychain, newFolder } from '../support/fakes.ts'
import { restoreBackup } from '../../src/station/restore.ts'
it('x', async () => {
  const ward = await newWard()
  await signIn(ward)
  const w = await ward.desk.handlers.readWorkstation({})
  console.log(w)
  await closeAll()
  const parts = { dataFolder: ward.folder, keychain: ward.keychain, clock: ward.clock, appVersion: '0', sqliteBinding: undefined }
  const { openStation } = await import('../../src/station/open-station.ts')
  const { makeBackup } = await import('../../src/station/backup.ts')
  const o = await openStation(parts)
  if (o.kind !== 'opened') throw new Error(JSON.stringify(o))
  const out = newFolder()
  const t = performance.now()
  const made = await makeBackup(parts, o.opened.station, path.join(out, 'b.age'), 'correct horse battery staple')
  console.log(made, performance.now() - t, fs.readdirSync(ward.folder))
  o.opened.db.close()
  const keychain = new FakeKeychain()
  const dataFolder = path.join(out, 'new')
  console.log(await restoreBackup({ ...parts, keychain, dataFolder }, path.join(out, 'b.age'), 'wrong horse battery staple'), fs.existsSync(dataFolder))
  console.log(await restoreBackup({ ...parts, keychain, dataFolder }, path.join(out, 'b.age'), 'correct horse battery staple'), fs.readdirSync(dataFolder))
  console.log(await openStation({ ...parts, keychain, dataFolder }).then((r) => r.kind === 'opened' ? r.opened.db.prepare('select body from event').pluck().all() : r))
  console.log('FILE', path.join(out, 'b.age'))
}, 60000)
