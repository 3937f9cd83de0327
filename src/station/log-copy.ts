// A copy of the log in a file: written beside its place and moved there once it is whole and on the disk.
import fs from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { exportLines } from './export.ts'
import type { Row } from './ledger.ts'
import { csvLines } from './log-csv.ts'
import type { OpenStation } from './open-station.ts'
import { logOrigin, signCheckpoint, stationNumber } from './signing.ts'

export type CopyFormat = 'jsonl' | 'csv'

/** @param written is told how many pieces are. @returns false where it was stopped: then there is no file. */
export async function writeCopy(
  file: string,
  pieces: Iterable<string>,
  stopped: () => boolean,
  written: (pieces: number) => void,
): Promise<boolean> {
  const part = `${file}.part`
  const handle = await fs.open(part, 'w', 0o600)
  let whole = false
  try {
    let waiting = ''
    let count = 0
    for (const piece of pieces) {
      waiting += piece
      written(++count)
      if (waiting.length < 256 * 1024) continue
      await handle.writeFile(waiting)
      waiting = ''
      await nextTurn()
      if (stopped()) return false
    }
    await handle.writeFile(waiting)
    await handle.sync()
    whole = !stopped()
    return whole
  } finally {
    await handle.close()
    if (whole) await fs.rename(part, file)
    else await fs.rm(part, { force: true })
  }
}

/** The first `size` events, about one piece an event. */
export function copyPieces(
  station: OpenStation & { readonly station: Row<'station'> },
  format: CopyFormat,
  size: number,
): Iterable<string> {
  if (format === 'csv') return csvLines(station, { size, after: 0, sinceMs: 0 })
  return jsonLines(station, size)
}

function* jsonLines(
  { db, keys, ledger, station }: OpenStation & { readonly station: Row<'station'> },
  size: number,
): Generator<string> {
  const frontier = ledger.frontier()
  const origin = logOrigin(stationNumber(station.signing_public))
  for (const line of exportLines(db, size, origin, station.signing_public, signCheckpoint(station, keys, frontier)))
    yield `${line}\n`
}
