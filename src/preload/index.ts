// The bridge: the commands of the one contract, and the screen state. Nothing else reaches the window.
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../contracts/ipc.ts'
import type { ScreenState } from '../contracts/screen.ts'

// Written out, so that zod stays out of the sandbox; a test holds them against the contract.
const commandChannel = 'wardkey:command'
const screenChannel = 'wardkey:screen'

const bridge: Bridge = {
  call: async (name, input) => {
    const answer = await ipcRenderer.invoke(commandChannel, { name, input })
    if (answer && typeof answer.refused === 'string') throw new Error(answer.refused)
    return answer
  },
  onScreen: (listener) => {
    const forward = (_event: unknown, state: ScreenState) => listener(state)
    ipcRenderer.on(screenChannel, forward)
    return () => {
      ipcRenderer.removeListener(screenChannel, forward)
    }
  },
}
contextBridge.exposeInMainWorld('wardkey', bridge)
