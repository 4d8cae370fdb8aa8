import { stateContract } from './contract.ts'
import { createMemoryState } from './memory.ts'

stateContract('memory', createMemoryState)
