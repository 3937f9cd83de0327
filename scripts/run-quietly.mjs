// Runs a command whose output matters only when it fails; the whole of it is then kept for the reader.
import { spawn } from 'node:child_process'
import { passSignalsTo, stopIfInterrupted } from './interruption.mjs'

/** @returns {Promise<{ok: boolean, output: string, timedOut: boolean}>} output is stdout and stderr together. */
export async function runQuietly(command, args, options = {}) {
  stopIfInterrupted()
  const outcome = await collect(command, args, options)
  stopIfInterrupted()
  return outcome
}

function collect(command, args, { cwd, env = process.env, timeLimitMs = 0 }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    passSignalsTo(child)
    const chunks = []
    let timedOut = false
    const giveUp = () => {
      timedOut = true
      child.kill('SIGKILL')
    }
    const timer = timeLimitMs ? setTimeout(giveUp, timeLimitMs) : null
    const finish = (ok) => {
      clearTimeout(timer)
      resolve({ ok, output: Buffer.concat(chunks).toString('utf8'), timedOut })
    }
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${error.message}\n`))
      finish(false)
    })
    child.on('close', (status) => finish(status === 0))
  })
}
