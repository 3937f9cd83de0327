// The station's log file, by electron-log: fixed words and plain values, redacted all the same.
import path from 'node:path'
// The part without windows: the other one opens a channel to main that our contract does not know.
import log from 'electron-log/node.js'
import type { Log, LogFields } from '../station/ports.ts'
import { redact } from './redaction.ts'

export function openLog(folder: string): Log {
  log.transports.file.resolvePathFn = () => path.join(folder, 'logs', 'station.log')
  log.transports.file.maxSize = 2 * 1024 * 1024
  log.transports.console.level = false
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) => redact(typeof part === 'string' ? part : String(part))),
  }))
  const line = (event: string, fields?: LogFields) =>
    [event, ...Object.entries(fields ?? {}).map(([name, value]) => `${name}=${value}`)].join(' ')
  return {
    info: (event, fields) => log.info(line(event, fields)),
    warn: (event, fields) => log.warn(line(event, fields)),
    error: (event, fields) => log.error(line(event, fields)),
  }
}
