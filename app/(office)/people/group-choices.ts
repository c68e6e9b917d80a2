"use client";

import { createContext, useContext } from "react";
import type { GroupChoice } from "./person-line";

const Context = createContext<readonly GroupChoice[] | null>(null);

/** For the rows of the table: the groups an owner chooses of; null: the reader is none. */
export const GroupChoices = Context.Provider;
export const useGroupChoices = () => useContext(Context);
