// The log's tree, held against RFC 9162, 2.1.1 as the section reads: split at the largest power of two, recurse.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, treeRoot } from '../../../src/core/tree.ts'
import { sha256 } from '../../../src/station/primitives.ts'
import { fc } from '../support/properties.ts'

const hash = (...parts: Uint8Array[]) => parts.reduce((all, part) => all.update(part), createHash('sha256')).digest()

function naiveRoot(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return hash()
  if (entries.length === 1) return hash(Uint8Array.of(0), entries[0] as Uint8Array)
  let split = 1
  while (split * 2 < entries.length) split *= 2
  return hash(Uint8Array.of(1), naiveRoot(entries.slice(0, split)), naiveRoot(entries.slice(split)))
}

const grow = (entries: readonly Uint8Array[]): Frontier =>
  entries.reduce((frontier, entry) => appendLeaf(frontier, leafHash(entry, sha256), sha256), emptyFrontier)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const entry = (n: number) => new TextEncoder().encode(`event ${n}`)

describe('the root', () => {
  it('is that of the RFC for every size up to 260', () => {
    const entries: Uint8Array[] = []
    let frontier = emptyFrontier
    expect(hex(treeRoot(frontier, sha256))).toBe(hex(naiveRoot([])))
    for (let size = 1; size <= 260; size++) {
      entries.push(entry(size))
      frontier = appendLeaf(frontier, leafHash(entry(size), sha256), sha256)
      expect(frontier.size).toBe(size)
      expect(hex(treeRoot(frontier, sha256)), `size ${size}`).toBe(hex(naiveRoot(entries)))
    }
  })

  it('is that of the RFC for any entries', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 }), (entries) => {
        expect(hex(treeRoot(grow(entries), sha256))).toBe(hex(naiveRoot(entries)))
      }),
    )
  })

  // Roots that the published test trees of Certificate Transparency have for these inputs.
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of the first %i known entries is the known one', (count, root) => {
    const known = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    expect(hex(treeRoot(grow(known.slice(0, count).map((text) => Buffer.from(text, 'hex'))), sha256))).toBe(root)
  })

  it('changes with any one entry changed, removed, doubled or swapped', () => {
    const entries = Array.from({ length: 13 }, (_, i) => entry(i))
    const root = hex(treeRoot(grow(entries), sha256))
    for (let at = 0; at < entries.length; at++) {
      const edited = entries.with(at, entry(99))
      const removed = entries.toSpliced(at, 1)
      const doubled = entries.toSpliced(at, 0, entry(at))
      const swapped = at > 0 ? entries.with(at, entry(at - 1)).with(at - 1, entry(at)) : edited
      for (const other of [edited, removed, doubled, swapped]) expect(hex(treeRoot(grow(other), sha256))).not.toBe(root)
    }
  })
})

describe('the frontier', () => {
  it('keeps one hash per set bit of its size, and leaves the one before as it was', () => {
    let frontier = emptyFrontier
    for (let size = 1; size <= 300; size++) {
      const before = frontier.hashes.map(hex)
      const next = appendLeaf(frontier, leafHash(entry(size), sha256), sha256)
      expect(next.hashes).toHaveLength([...size.toString(2)].filter((bit) => bit === '1').length)
      expect(frontier.hashes.map(hex)).toEqual(before)
      frontier = next
    }
  })

  it('tells a leaf from a node: an entry made of two hashes is not their parent', () => {
    const [left, right] = [leafHash(entry(1), sha256), leafHash(entry(2), sha256)]
    const forged = leafHash(Buffer.concat([left, right]), sha256)
    expect(hex(forged)).not.toBe(hex(treeRoot(grow([entry(1), entry(2)]), sha256)))
  })
})
