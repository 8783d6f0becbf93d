import { MARKS } from './marks.ts';
import { lawsOf } from './place.ts';
import type { Scope } from './scope.ts';

/** The jurisdictions whose law is asked: of the people, of the entity and its marks, of its contracts. */
export function jurisdictionsOf(scope: Scope): Set<string> {
  const places = new Set<string>();
  const add = (place: string) => {
    for (const law of lawsOf(place)) places.add(law);
  };
  if (scope.home !== undefined) add(scope.home);
  if (scope.mainEstablishment !== undefined) add(scope.mainEstablishment);
  for (const place of scope.residents?.keys() ?? []) add(place);
  for (const [mark, value] of scope.marks) {
    const law = MARKS[mark]?.law;
    if (law !== undefined && value !== false && value !== 'none') add(law);
  }
  if (scope.contracts.length > 0) places.add('XX');
  return places;
}
