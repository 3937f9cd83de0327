// A PostgreSQL server of Debian's on a folder of its own, which it refuses to run as root: then as its own account.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

export interface PostgresServer {
  /** A new, empty database each time. */
  newDatabase(): string
  /** As an administrator does: whoever is connected is cut off. */
  restart(): Promise<void>
  stop(): void
}

/** @param durable whether it waits for its disk at each commit: tests of what it keeps have no use for that, figures do. */
export async function startPostgres(durable = false): Promise<PostgresServer> {
  const bin = newestBin()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-postgres-'))
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['postgres', folder])
  const run = (program: string, args: readonly string[]) => {
    const command = path.join(bin, program)
    const all = isRoot ? ['-u', 'postgres', '--', command, ...args] : args
    execFileSync(isRoot ? 'runuser' : command, all, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  }
  const runAside = (program: string, args: readonly string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const command = path.join(bin, program)
      const all = isRoot ? ['-u', 'postgres', '--', command, ...args] : args
      const child = spawn(isRoot ? 'runuser' : command, all, { cwd: folder, stdio: 'ignore' })
      child.once('error', reject)
      child.once('exit', (status) => (status === 0 ? resolve() : reject(new Error(`${program}: ${status}`))))
    })
  const data = path.join(folder, 'data')
  run('initdb', ['-D', data, '-U', 'hub', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8'])
  const log = ['-l', path.join(folder, 'log')]
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} ${durable ? '' : '-c fsync=off'}`
  const start = () => run('pg_ctl', ['-D', data, '-w', ...log, '-o', options, 'start'])
  const stop = () => run('pg_ctl', ['-D', data, '-w', '-m', 'fast', 'stop'])
  start()
  let made = 0
  return {
    newDatabase() {
      const name = `hub_${++made}`
      run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'hub', name])
      return `postgresql://hub@127.0.0.1:${port}/${name}`
    },
    async restart() {
      await runAside('pg_ctl', ['-D', data, '-w', '-m', 'fast', 'stop'])
      await runAside('pg_ctl', ['-D', data, '-w', ...log, '-o', options, 'start'])
    },
    stop() {
      stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Debian keeps each version apart, and none of them on the path. */
function newestBin(): string {
  const versions = '/usr/lib/postgresql'
  const [newest] = fs.readdirSync(versions).sort((a, b) => Number(b) - Number(a))
  if (!newest) throw new Error('PostgreSQL is not installed')
  return path.join(versions, newest, 'bin')
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })
