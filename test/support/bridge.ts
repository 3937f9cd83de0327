// The window's bridge, called as its own page would call it: what a screen does not offer must be refused all the same.
import type { Page } from '@playwright/test'
import type { Bridge, CommandName, Input, Output } from '../../src/contracts/ipc.ts'

export function call<N extends CommandName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  return page.evaluate(
    ({ name, input }) => (window as unknown as { wardkey: Bridge }).wardkey.call(name as N, input as Input<N>),
    { name: name as string, input: input as unknown },
  )
}

/** Resolves when main says anew that the station is closed; to be asked for before what leads to it. */
export const nextFailure = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const stop = (window as unknown as { wardkey: Bridge }).wardkey.onScreen(({ kind }) => {
          if (kind !== 'failed') return
          stop()
          resolve()
        })
      }),
  )
