/** Looks shared by menus, selects and comboboxes. */
export const menuPopup =
  "rounded-lg border border-line bg-surface p-1 text-base shadow-overlay outline-none origin-(--transform-origin) transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0";

export const menuItem =
  "flex min-h-7 cursor-default items-center gap-2 rounded-[5px] px-2.5 outline-none select-none data-highlighted:bg-hover data-disabled:text-text-3";
