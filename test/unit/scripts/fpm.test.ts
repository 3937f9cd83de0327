// The stand-in for fpm: it understands what electron-builder says, and refuses what it would get wrong.
import { describe, expect, it } from 'vitest'
import { readArguments, writeControl } from '../../../scripts/package/fpm.mjs'

const asked = [
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libnss3', '-d', 'libgbm1 | libgbm2', '--deb-recommends', 'xinit'],
  ...[
    '--architecture',
    'amd64',
    '--name',
    'wardkey',
    '--version',
    '0.1.0~test',
    '--description',
    'A lock\n for all\n\n of us',
  ],
  ...['--package', '/made/wardkey.deb', '/unpacked/=/opt/Wardkey', '/icon.png=/usr/share/icons/wardkey.png'],
]

describe('what it is told', () => {
  it('is read, word by word', () => {
    const { told, paths } = readArguments(asked)
    expect(told).toMatchObject({
      depends: ['libnss3', 'libgbm1 | libgbm2'],
      recommends: ['xinit'],
      version: ['0.1.0~test'],
    })
    expect(paths).toEqual([
      ['/unpacked/', '/opt/Wardkey'],
      ['/icon.png', '/usr/share/icons/wardkey.png'],
    ])
  })

  it('is refused where it does not know the word, or should make something else', () => {
    expect(() => readArguments([...asked, '--before-remove', 'x'])).toThrow('--before-remove')
    expect(() => readArguments(asked.map((each) => (each === 'deb' ? 'rpm' : each)))).toThrow('rpm')
  })
})

it('the control file has a line for each field, and a description that goes on by a space', () => {
  expect(writeControl(readArguments(asked).told, 12)).toBe(
    [
      ...['Package: wardkey', 'Version: 0.1.0~test', 'Architecture: amd64', 'Installed-Size: 12'],
      ...[
        'Depends: libnss3, libgbm1 | libgbm2',
        'Recommends: xinit',
        'Description: A lock',
        ' for all',
        ' .',
        ' of us',
        '',
      ],
    ].join('\n'),
  )
})
