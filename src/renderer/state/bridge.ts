// The way to main: every call answers, and a call that fails answers null.
import type { Bridge, CommandName, Input, Output } from '../../contracts/ipc.ts'

declare global {
  interface Window {
    readonly wardkey: Bridge
  }
}

export async function ask<N extends CommandName>(name: N, input: Input<N>): Promise<Output<N> | null> {
  try {
    const answer = await window.wardkey.call(name, input)
    return 'refused' in answer ? null : answer
  } catch {
    return null
  }
}
