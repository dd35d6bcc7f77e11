import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { useFailureText } from '../../components/failure.ts'
import { Menu, MenuChoices } from '../../components/menu.tsx'
import { Popover } from '../../components/popover.tsx'
import { useToast } from '../../components/toast.tsx'
import styles from './term.module.css'

/** What a term is about, and what holds. */
export interface Said {
  name: string
  text: string
}

/** A term that can only be read. */
export const PlainTerm = ({ text }: Said) => <span className={styles.plain}>{text}</span>

interface TermButtonProps extends Said, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'name'> {
  ref?: Ref<HTMLButtonElement>
}

/** The sentence, pressed to change it. */
const TermButton = ({ name, text, ...rest }: TermButtonProps) => (
  <button type="button" {...rest} className={styles.term} aria-label={`${name}: ${text}`}>
    {text}
  </button>
)

/** A term that is changed by a small form, which is told how to close itself. */
export const FormTerm = ({ children, ...said }: Said & { children: (close: () => void) => ReactNode }) => (
  <Popover trigger={<TermButton {...said} />} title={said.name}>
    {children}
  </Popover>
)

interface ChoiceTermProps<T extends string> extends Said {
  value: T
  options: readonly { value: T; label: string; text: string }[]
  onChoose: (value: T) => unknown
}

/** A term that is one of several. */
export function ChoiceTerm<T extends string>({ value, options, onChoose, ...said }: ChoiceTermProps<T>) {
  const toast = useToast()
  const failureText = useFailureText()
  const choose = async (chosen: T) => {
    try {
      await onChoose(chosen)
    } catch (error) {
      toast(failureText(error), { bad: true })
    }
  }
  return (
    <Menu trigger={<TermButton {...said} />} align="start">
      <MenuChoices value={value} options={options} onChange={(chosen) => void choose(chosen)} />
    </Menu>
  )
}
