// At how many digits a code goes by itself at this station: by policy, never by person.
import { createContext } from 'react'

export const CodeLength = createContext(6)
