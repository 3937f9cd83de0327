// The environment: what each variable takes, and a complaint that names it without saying what it held.
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../../../src/main/environment.ts'

describe('what is read', () => {
  it('has a default where one is needed and nothing else', () => {
    expect(readEnvironment({})).toEqual({ WARDKEY_KEYCHAIN_SERVICE: 'wardkey' })
  })

  it('takes over no other variable', () => {
    expect(readEnvironment({ PATH: '/usr/bin', WARDKEY_OTHER: 'x', HOME: '/root' })).toEqual({
      WARDKEY_KEYCHAIN_SERVICE: 'wardkey',
    })
  })

  it.each([
    ['/var/lib/wardkey', '/var/lib/wardkey'],
    ['station', path.resolve('station')],
    ['./a/../station', path.resolve('station')],
  ])('folder %j is %j', (given, folder) => {
    expect(readEnvironment({ WARDKEY_DATA_DIR: given }).WARDKEY_DATA_DIR).toBe(folder)
  })

  it.each([
    ['phone.example.org', 'phone.example.org'],
    ['https://phone.example.org', 'phone.example.org'],
    ['HTTPS://Phone.Example.org/', 'Phone.Example.org'],
    ['ward-7.hospital.example', 'ward-7.hospital.example'],
    ['localhost', 'localhost'],
  ])('host %j is %j', (given, host) => {
    expect(readEnvironment({ WARDKEY_PHONE_URL: given }).WARDKEY_PHONE_URL).toBe(host)
  })

  it('takes the keychain’s service name as it is', () => {
    expect(readEnvironment({ WARDKEY_KEYCHAIN_SERVICE: 'ward 7' }).WARDKEY_KEYCHAIN_SERVICE).toBe('ward 7')
  })
})

describe('what is refused', () => {
  const bad: [string, string][] = [
    ['WARDKEY_DATA_DIR', ''],
    ['WARDKEY_KEYCHAIN_SERVICE', ''],
    ['WARDKEY_KEYCHAIN_SERVICE', 's3cret-'.repeat(40)],
    ['WARDKEY_PHONE_URL', ''],
    ['WARDKEY_PHONE_URL', 'http://phone.example.org'],
    ['WARDKEY_PHONE_URL', 'https://phone.example.org/page'],
    ['WARDKEY_PHONE_URL', 'https://user:s3cret@phone.example.org'],
    ['WARDKEY_PHONE_URL', 'phone.example.org:8443'],
    ['WARDKEY_PHONE_URL', 'phone.example.org?s3cret'],
    ['WARDKEY_PHONE_URL', 'phone.example.org#s3cret'],
    ['WARDKEY_PHONE_URL', 'phone example org'],
    ['WARDKEY_PHONE_URL', '-phone.example.org'],
    ['WARDKEY_PHONE_URL', 'phöne.example.org'],
    ['WARDKEY_PHONE_URL', `${'s3cret.'.repeat(20)}org`],
    ['WARDKEY_PHONE_URL', 'phone.example.org\n'],
  ]

  it.each(bad)('%s=%j, by name and without the value', (name, value) => {
    let said: unknown
    try {
      readEnvironment({ [name]: value })
    } catch (error) {
      said = error
    }
    expect(said).toBeInstanceOf(Error)
    const { message, stack, cause } = said as Error
    expect(message).toContain(name)
    expect(cause).toBeUndefined()
    if (value !== '') expect(`${message}${stack}`).not.toContain(value)
    expect(`${message}${stack}`).not.toContain('s3cret')
  })
})
