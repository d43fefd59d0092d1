import type { RegisterItem } from './item.ts';

/** Acts of records of an outside register (外部登记册). */
export interface RegisterPayloads {
  RecordAppeared: { readonly file: string; readonly row: number; readonly rowHash: string; readonly item: RegisterItem };
  RecordChanged: {
    readonly file: string;
    readonly row: number;
    readonly rowHash: string;
    /** Names of the fields whose values differ from the snapshot before. */
    readonly changed: readonly string[];
    readonly item: RegisterItem;
  };
  RecordVanished: { readonly file: string };
}
