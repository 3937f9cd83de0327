// What opens a packaged station's window, and what never does.
import { expect, it } from 'vitest'
import { chooseStart } from '../../../src/start/choose.ts'

it('without a word the window opens', () => {
  expect(chooseStart([])).toEqual({ kind: 'window' })
})

it.each([
  [['status', '--json']],
  [['--help']],
  [['--remote-debugging-port=9222']],
  [['--remote-debugging-pipe']],
  [['--user-data-dir=/tmp/x']],
  [['--inspect']],
  [['']],
  [['app://station/']],
])('%j is for the command line', (args) => {
  expect(chooseStart(args)).toEqual({ kind: 'command', args })
})

it('root’s command goes without Chromium’s sandbox, and that alone opens no window', () => {
  expect(chooseStart(['--no-sandbox', 'doctor'])).toEqual({ kind: 'command', args: ['doctor'] })
  expect(chooseStart(['--no-sandbox'])).toEqual({ kind: 'command', args: [] })
})
