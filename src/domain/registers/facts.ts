import type { FactRule } from '../campaign/settings.ts';
import type { RegisterItem } from './item.ts';

/** Whether a record of an outside register belongs to a fact by the rules of its mapping. */
export function matches(rule: FactRule, item: RegisterItem): boolean {
  return rule.when.every((condition) => {
    const values = valuesOf(item, condition.field);
    if (condition.present !== undefined) return condition.present === values.some((v) => v !== '');
    return values.some((v) => condition.equals?.includes(v) ?? false);
  });
}

function valuesOf(item: RegisterItem, field: string): readonly string[] {
  switch (field) {
    case 'register':
      return [item.register];
    case 'state':
      return [item.state];
    case 'type':
      return [item.type ?? ''];
    case 'aspect':
      return [item.aspect ?? ''];
    case 'flag':
      return item.flags;
    case 'deadline':
      return [item.deadline ?? ''];
    default:
      if (field.startsWith('amount.')) {
        const amount = item.amounts[field.slice('amount.'.length)];
        return [amount === undefined ? '' : String(amount)];
      }
      if (field.startsWith('step.')) return item.steps.filter((s) => s.code === field.slice('step.'.length)).map((s) => s.on);
      return [item.fields[field] ?? ''];
  }
}
