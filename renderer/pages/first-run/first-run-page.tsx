import { useContext } from 'react'
import { ToastArea } from '../../components/toast.tsx'
import { MeContext } from '../../me.ts'
import { CalmPage } from '../calm-page.tsx'
import { Beginning } from './beginning.tsx'
import { Continuing } from './continuing.tsx'

/**
 * The first run's three steps on one page: you, pictures, household. The first super admin is made between the second step's
 * choice and its pictures; the page then starts again, logged in.
 */
export function FirstRunPage() {
  const loggedIn = useContext(MeContext) !== null
  return (
    <ToastArea>
      <CalmPage wide>{loggedIn ? <Continuing /> : <Beginning />}</CalmPage>
    </ToastArea>
  )
}
