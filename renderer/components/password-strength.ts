import { useEffect, useState } from 'react'
import { PASSWORD_MIN_CHARACTERS } from '../../electron/contract/values.ts'

/** 0 guessed at once, 4 very hard to guess (zxcvbn's scale), or too short to be taken at all. */
export type Strength = 'short' | 0 | 1 | 2 | 3 | 4

/** Longer input makes the estimate slow without making it truer. */
const LOOKED_AT_CHARACTERS = 100

let estimator:
  | Promise<(password: string, personal: readonly string[]) => Exclude<Strength, 'short'>>
  | undefined

/** The estimator and its 400 kB of common passwords are fetched when a first new password is typed. */
const loadEstimator = () => {
  estimator ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) => {
      const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
      return (password, personal) =>
        factory.check(password.slice(0, LOOKED_AT_CHARACTERS), [...personal]).score
    },
  )
  return estimator
}

/** How hard a password is to guess, knowing words about its owner. */
async function passwordStrength(password: string, personal: readonly string[]): Promise<Strength> {
  if ([...password].length < PASSWORD_MIN_CHARACTERS) return 'short'
  return (await loadEstimator())(password, personal.filter(Boolean))
}

/** The strength of what is being typed; null until the first estimate. */
export function usePasswordStrength(password: string, personal: readonly string[]): Strength | null {
  const [score, setScore] = useState<Strength | null>(null)
  const words = personal.join('\n')
  useEffect(() => {
    let current = true
    void passwordStrength(password, words.split('\n')).then((next) => current && setScore(next))
    return () => {
      current = false
    }
  }, [password, words])
  return score
}
