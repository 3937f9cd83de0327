// How much memory a process and all that it started take together, as Linux counts it.
import fs from 'node:fs'

/**
 * Proportional set size in MB: a page that several processes share counts once among them all. null where there is no /proc.
 * @param root the process id of the first.
 */
export function memoryOf(root: number): number | null {
  if (!fs.existsSync('/proc/self/smaps_rollup')) return null
  let kilobytes = 0
  for (const pid of familyOf(root)) {
    const text = readIfThere(`/proc/${pid}/smaps_rollup`)
    kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0)
  }
  return kilobytes / 1024
}

function familyOf(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // The name in brackets may hold anything, spaces and brackets too.
    const parent = /.*\) \S (\d+) /s.exec(readIfThere(`/proc/${name}/stat`))?.[1]
    if (parent) parents.set(Number(name), Number(parent))
  }
  const family = [root]
  for (const member of family) for (const [pid, parent] of parents) if (parent === member) family.push(pid)
  return family
}

/** A process may end between the listing and the reading. */
function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
