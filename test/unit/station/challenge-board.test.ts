// The login QR codes on show: one every 30 s, at rest when nobody comes, and readable by somebody else's eyes.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import QRCode from 'qrcode'
import { describe, expect, it } from 'vitest'
import { challengeView } from '../../../src/contracts/screen.ts'
import { challengeRule, decodeChallenge } from '../../../src/core/challenge.ts'
import { ChallengeBoard, drawQr } from '../../../src/station/challenge-board.ts'
import { FakeClock } from '../../support/fakes.ts'
import { zbarArgs } from '../../support/zbar.ts'
import { temporaryFolder } from '../support/store.ts'

const station = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])
type View = ReturnType<ChallengeBoard['view']>
const shown = (view: View) => {
  if (view.state !== 'shown') throw new Error('nothing is shown')
  return view
}

/** A portable bitmap with the quiet zone of 4 modules, each 4 pixels wide, for zbarimg. */
function scan({ qr: { size, modules } }: { qr: { size: number; modules: string } }): string {
  const side = (size + 8) * 4
  const dark = (x: number, y: number) => {
    const [column, row] = [Math.floor(x / 4) - 4, Math.floor(y / 4) - 4]
    return column >= 0 && row >= 0 && column < size && row < size && modules[row * size + column] === '1'
  }
  const rows = Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => (dark(x, y) ? '1' : '0')).join(' '),
  )
  const file = path.join(temporaryFolder(), 'code.pbm')
  fs.writeFileSync(file, `P1\n${side} ${side}\n${rows.join('\n')}\n`)
  return execFileSync('zbarimg', [...zbarArgs, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}

describe('the board', () => {
  const begin = (host: string | null = 'phone.example.org') => {
    const clock = new FakeClock()
    return { clock, board: new ChallengeBoard(clock, host) }
  }

  it('rests until it is woken', () => {
    const { board } = begin()
    expect(board.view()).toEqual({ state: 'resting' })
    board.rotate(station)
    expect(board.view()).toEqual({ state: 'resting' })
  })

  it('shows a code that says where, which station and when, and nothing of a secret', () => {
    const { board, clock } = begin()
    board.wake(station)
    const view = shown(board.view())
    expect(challengeView.parse(view)).toEqual(view)
    expect(view).toMatchObject({ issuedAtMs: clock.nowMs(), renewsAtMs: clock.nowMs() + 30_000 })
    const text = scan(view)
    const [host, payload] = text.split('#')
    expect(host).toBe('HTTPS://PHONE.EXAMPLE.ORG/')
    const challenge = decodeChallenge(payload ?? '')
    expect(challenge?.station).toEqual(station)
    expect(challenge?.nonce).toHaveLength(16)
    expect(challenge?.issuedAtSeconds).toBe(clock.nowMs() / 1000)
  })

  it('is drawn on a host that reaches nobody while none is set', () => {
    const { board } = begin(null)
    board.wake(station)
    const view = shown(board.view())
    expect(scan(view)).toMatch(/^HTTPS:\/\/WARDKEY\.INVALID\/#[A-Z2-7]{47}$/)
    expect(view.scanningReady).toBe(false)
  })

  it('shows another each time, never the same nonce', () => {
    const { board } = begin()
    const seen = new Set<string>()
    for (let n = 0; n < 40; n++) {
      board.wake(station)
      seen.add(shown(board.view()).qr.modules)
    }
    expect(seen.size).toBe(40)
  })

  it('rests after ten rotations without anybody, and starts anew when touched', () => {
    const { board, clock } = begin()
    for (let round = 0; round < 2; round++) {
      board.wake(station)
      for (let n = 0; n < challengeRule.idleRotations; n++) {
        clock.pass(30_000)
        board.rotate(station)
        expect(board.view().state, `rotation ${n + 1}`).toBe('shown')
      }
      clock.pass(30_000)
      board.rotate(station)
      expect(board.view()).toEqual({ state: 'resting' })
    }
  })

  it('is kept awake by a touch in between', () => {
    const { board } = begin()
    board.wake(station)
    for (let n = 0; n < 40; n++) {
      board.rotate(station)
      if (n % 9 === 8) board.wake(station)
      expect(board.view().state).toBe('shown')
    }
  })

  it('shows nothing once it is cleared', () => {
    const { board } = begin()
    board.wake(station)
    board.clear()
    expect(board.view()).toEqual({ state: 'resting' })
  })

  it('counts what it has shown, until it is asked', () => {
    const { board } = begin()
    expect(board.takeCount()).toBe(0)
    board.wake(station)
    board.rotate(station)
    board.rotate(station)
    expect(board.takeCount()).toBe(3)
    expect(board.takeCount()).toBe(0)
  })
})

describe('a symbol', () => {
  it('is drawn at level Q, row by row', () => {
    const symbol = drawQr('WARDKEY')
    const made = QRCode.create('WARDKEY', { errorCorrectionLevel: 'Q' }).modules
    expect(symbol.size).toBe(made.size)
    expect(symbol.modules).toHaveLength(made.size ** 2)
    for (let row = 0; row < made.size; row++)
      for (let column = 0; column < made.size; column++)
        expect(symbol.modules[row * made.size + column]).toBe(made.get(row, column) ? '1' : '0')
  })

  it('of an enrollment is read as it was written', () => {
    const uri = 'otpauth://totp/Wardkey:A1001?secret=JBSWY3DPEHPK3PXP&issuer=Wardkey&algorithm=SHA1&digits=6&period=30'
    expect(scan({ qr: drawQr(uri) })).toBe(uri)
  })
})
