// The station's log file, by electron-log: fixed words and plain values, redacted all the same.
import path from 'node:path'
import type { Log, LogFields } from '../station/ports.ts'
import { redact } from './redaction.ts'

type Level = 'info' | 'warn' | 'error'

/** The library is read for the first line, which a start that goes well writes once its screen is there. */
export function openLog(folder: string): Log {
  let log: ReturnType<typeof readLibrary> | undefined
  const write = (level: Level) => (event: string, fields?: LogFields) => {
    log ??= readLibrary(folder)
    void log.then((library) => library[level](line(event, fields)))
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

const line = (event: string, fields?: LogFields): string =>
  [event, ...Object.entries(fields ?? {}).map(([name, value]) => `${name}=${value}`)].join(' ')

async function readLibrary(folder: string) {
  // The part without windows: the other one opens a channel to main that our contract does not know.
  const { default: log } = await import('electron-log/node.js')
  log.transports.file.resolvePathFn = () => path.join(folder, 'logs', 'station.log')
  log.transports.file.maxSize = 2 * 1024 * 1024
  log.transports.console.level = false
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) => redact(typeof part === 'string' ? part : String(part))),
  }))
  return log
}
