/** What the name begins with under which stands what is written to a process substitution, `>(…)`. */
export const WRITTEN = '<written';
