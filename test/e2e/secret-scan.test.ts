// The search for secrets itself: it finds what was planted, in each of its forms, and nothing else.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { bytesSecret, findCodes, findSecrets, textSecret, textsIn } from '../support/secret-scan.ts'

test('a planted secret is found, in each of its forms', () => {
  const planted = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-planted-'))
  const file = path.join(planted, 'cache.bin')
  const key = Buffer.from('00fbff10a1b2c3d4e5f60718293a4b5c6d7e8f90', 'hex')
  const samples = [bytesSecret('key', key), textSecret('recovery code', 'ABCD-EFGH-IJKL-2345')]
  for (const sample of samples)
    for (const { form, bytes } of sample.forms) {
      fs.writeFileSync(file, Buffer.concat([Buffer.alloc(997, 0xa5), bytes, Buffer.alloc(331, 0x5a)]))
      expect(findSecrets([file], samples), form).toMatchObject([{ file, secret: sample.name }])
    }
  for (const before of ['', 'a', 'ab', 'abc']) {
    fs.writeFileSync(file, Buffer.concat([Buffer.from(before), key, Buffer.from('rest')]).toString('base64'))
    expect(findSecrets([file], samples), `base64 behind ${before.length} bytes`).toMatchObject([{ form: 'base64' }])
  }
  fs.writeFileSync(file, 'nothing of it')
  expect(findSecrets([file], samples)).toEqual([])
  const codes = ['123456']
  for (const text of ['code 123456', '"123456"', 'code=123456,', '123 456', '123-456'])
    expect(findCodes(text, codes), text).toEqual(codes)
  for (const text of ['1123456', '1234567', '0.123456', 'a123456']) expect(findCodes(text, codes), text).toEqual([])
  expect(textsIn(JSON.parse('{"a":["123456",{"654321":123456}]}'))).toContain('123456')
})
