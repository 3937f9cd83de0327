// Drawing the lock screen's QR code: it has to fit into a frame.
import { challengeSegments } from '../../src/core/challenge.ts'
import { drawQr } from '../../src/station/challenge-board.ts'
import { random } from '../../src/station/primitives.ts'
import { takeTurns, timed } from './measure.ts'
import { alone, type Result } from './result.ts'

const frameMs = 16

export async function benchQrCode(): Promise<Result[]> {
  const samples = await takeTurns(400, {
    draw: () => {
      const challenge = {
        purpose: 'unlock' as const,
        station: random(8),
        nonce: random(16),
        issuedAtSeconds: 1_767_600_000,
      }
      const [start, hash, payload] = challengeSegments('phone.example.org', challenge)
      return timed(() =>
        drawQr([
          { data: start, mode: 'alphanumeric' },
          { data: Buffer.from(hash), mode: 'byte' },
          { data: payload, mode: 'alphanumeric' },
        ]),
      )
    },
  })
  return [alone('login QR code', samples.draw, { aim: frameMs })]
}
