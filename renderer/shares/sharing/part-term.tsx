import { useTranslation } from 'react-i18next'
import { SHARE_PARTS, type SharePart } from '../../../electron/contract/values.ts'
import { ChoiceTerm, type Said } from './term.tsx'

interface PartTermProps extends Said {
  part: SharePart
  /** see {@link ChoiceTerm} */
  onChoose: (part: SharePart) => unknown
}

/** What those may do whom an album is shared with by name: look, or add photos too. */
export function PartTerm({ part, ...rest }: PartTermProps) {
  const { t } = useTranslation()
  const options = SHARE_PARTS.map((value) => ({
    value,
    label: t(`sharing.terms.part.${value}`),
    text: t(`sharing.terms.part.${value}Text`),
  }))
  return <ChoiceTerm {...rest} value={part} options={options} />
}
