// The Merkle tree of RFC 9162, 2.1.1, kept as the few subtree hashes that its next leaf needs.

export type Sha256 = (...parts: Uint8Array[]) => Uint8Array

/** Hashes of the complete subtrees, largest first: one per set bit of the size. */
export interface Frontier {
  readonly size: number
  readonly hashes: readonly Uint8Array[]
}
export const emptyFrontier: Frontier = { size: 0, hashes: [] }

const leafPrefix = new Uint8Array([0])
const nodePrefix = new Uint8Array([1])

export const leafHash = (entry: Uint8Array, sha256: Sha256): Uint8Array => sha256(leafPrefix, entry)

export function appendLeaf(frontier: Frontier, leaf: Uint8Array, sha256: Sha256): Frontier {
  const hashes = [...frontier.hashes]
  let node = leaf
  for (let size = frontier.size; size % 2 === 1; size = (size - 1) / 2) {
    node = sha256(nodePrefix, hashes.pop() as Uint8Array, node)
  }
  hashes.push(node)
  return { size: frontier.size + 1, hashes }
}

export function treeRoot(frontier: Frontier, sha256: Sha256): Uint8Array {
  if (frontier.size === 0) return sha256()
  return frontier.hashes.reduceRight((right, left) => sha256(nodePrefix, left, right))
}
