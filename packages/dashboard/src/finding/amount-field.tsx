/**
 * An amount with a slider and a number. Invariant: what was typed stays as it was typed until it
 * makes an amount, and an amount that is out of bounds is never asked for.
 */
import { useId, useState } from 'react';
import { formatCount } from '../words/formats.js';
import { WORDS } from '../words/words.js';
import { nearestStep, type Step } from './steps.js';

declare module 'react' {
  interface CSSProperties {
    /** How much of a slider is filled, from 0 to 1. */
    readonly '--filled'?: number;
  }
}

/** What an amount is. */
export interface AmountFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: Step;
  readonly steps: readonly Step[];
  readonly max: number;
  readonly disabled?: boolean;
  /** Whether fractions make sense. */
  readonly grain: 'whole' | 'cents';
  readonly onChange: (value: Step) => void;
}

const GRAMMARS = { whole: /^[1-9][0-9]*$/, cents: /^(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?$/ } as const;

/** Draws it: a label, the number, and under it the slider. */
export function AmountField(props: AmountFieldProps) {
  const { label, unit, value, steps, max, disabled = false, grain, onChange } = props;
  const id = useId();
  const hintId = useId();
  // What was typed, and the amount that it stands for: another amount, wherever it came from, has a text of its own.
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: Step }>();
  const text = typed !== undefined && typed.value === value ? typed.text : textOf(value);
  const isUnreadable = readAmount(text, grain, max) === 'unreadable';
  const type = (next: string): void => {
    const read = readAmount(next, grain, max);
    const isAmount = read !== 'unreadable';
    setTyped({ text: next, value: isAmount ? read : value });
    if (isAmount && read !== value) onChange(read);
  };
  const place = nearestStep(steps, value);
  return (
    <div className="amount">
      <label htmlFor={id}>{label}</label>
      <span className="amount-number">
        <input
          id={id}
          type="text"
          inputMode={grain === 'whole' ? 'numeric' : 'decimal'}
          autoComplete="off"
          placeholder={WORDS.find.any}
          value={text}
          disabled={disabled}
          aria-invalid={isUnreadable}
          aria-describedby={isUnreadable ? hintId : undefined}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setTyped(undefined)}
        />
        <span className="amount-unit">{unit}</span>
      </span>
      {isUnreadable && (
        <p id={hintId} className="hint" role="alert">
          {WORDS.find.readable[grain](max)}
        </p>
      )}
      <input
        type="range"
        min={0}
        max={steps.length - 1}
        value={place}
        disabled={disabled}
        style={{ '--filled': place / (steps.length - 1) }}
        aria-label={label}
        aria-valuetext={value === undefined ? WORDS.find.any : `${formatCount(value)} ${unit}`}
        onChange={(event) => onChange(steps[Number(event.target.value)])}
      />
    </div>
  );
}

function textOf(value: Step): string {
  return value === undefined ? '' : String(value);
}

function readAmount(text: string, grain: 'whole' | 'cents', max: number): Step | 'unreadable' {
  const plain = text.trim();
  if (plain === '') return undefined;
  const amount = GRAMMARS[grain].test(plain) ? Number(plain) : Infinity;
  return amount <= max ? amount : 'unreadable';
}
