package io.frontdesk.engine.variable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All variables of one configuration: what the modules declare, and what {@code set}, {@code map} and named captures add. Used while a
 * configuration is compiled, on one thread; nothing is looked up by name while requests run.
 */
public final class Variables {
    private final Map<String, VariableDefinition> exact = new HashMap<>();
    private final List<VariableDefinition> prefixes = new ArrayList<>();
    private final Map<String, Variable> resolved = new HashMap<>();
    private final Map<String, SlotVariable> slots = new HashMap<>();
    private final Set<String> changeable = new HashSet<>();
    private int slotCount;

    /** Declares a variable of the given name. */
    public void declare(String name, String doc, Variable variable) {
        exact.put(name, new VariableDefinition(name, false, doc, n -> variable, null));
    }

    /** Declares a variable that {@code set} may change. */
    public void declare(String name, String doc, Variable variable, VariableSetter setter) {
        exact.put(name, new VariableDefinition(name, false, doc, n -> variable, setter));
    }

    /** Declares a family: {@code make} gets the full name, prefix included. */
    public void declarePrefix(String prefix, String doc, java.util.function.Function<String, Variable> make) {
        prefixes.add(new VariableDefinition(prefix, true, doc, make, null));
    }

    /** Declares a variable that {@code set}, and maps and captures of the same name, may hide. */
    public void declareChangeable(String name, String doc, Variable variable) {
        exact.put(name, new VariableDefinition(name, false, doc, n -> variable, null));
        changeable.add(name);
    }

    /**
     * Defines a variable of the configuration itself (map, geo …); it hides a built-in family's member of the same name, and one that was
     * defined before. Where {@code set} or a named capture fills the name, it shows until that happens.
     */
    public void define(String name, Variable variable) {
        String key = name.toLowerCase(Locale.ROOT);
        SlotVariable slot = slots.get(key);
        if (slot != null) {
            slot.otherwise(variable);
        } else {
            resolved.put(key, variable);
        }
    }

    /** Whether the configuration may define the name: nginx's {@code the duplicate "x" variable} otherwise. */
    public boolean isChangeable(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        VariableDefinition definition = exact.get(key);
        return definition == null || definition.setter() != null || changeable.contains(key);
    }

    /** What {@code set} on a built-in variable does; null for one that is filled like any other. */
    public @Nullable VariableSetter setter(String name) {
        VariableDefinition definition = exact.get(name.toLowerCase(Locale.ROOT));
        return definition == null ? null : definition.setter();
    }

    /** The slot variable of that name, made when it is new: for named captures. */
    public SlotVariable slot(String name) {
        return slot(name, null);
    }

    /** The slot variable of that name, made when it is new; {@code otherwise} shows until it is filled, if nothing else is known. */
    public SlotVariable slot(String name, @Nullable Variable otherwise) {
        String key = name.toLowerCase(Locale.ROOT);
        SlotVariable slot = slots.get(key);
        if (slot == null) {
            Variable before = find(key);
            slot = new SlotVariable(key, slotCount++, before == null ? otherwise : before);
            slots.put(key, slot);
            resolved.put(key, slot);
        }
        return slot;
    }

    /** A slot number for a module's own per-exchange state (a cached map value, say), beyond any name. */
    public int newSlot() {
        return slotCount++;
    }

    /** How many slots an exchange needs. */
    public int slotCount() {
        return slotCount;
    }

    /** The definition of a built-in variable, or null: {@code set} on one without a setter is an error. */
    public @Nullable VariableDefinition definition(String name) {
        return exact.get(name.toLowerCase(Locale.ROOT));
    }

    /** Every declaration, for the reference page. */
    public List<VariableDefinition> definitions() {
        List<VariableDefinition> all = new ArrayList<>(exact.values());
        all.addAll(prefixes);
        all.sort(java.util.Comparator.comparing(VariableDefinition::name));
        return all;
    }

    /** The variable of that name (without the dollar, any case), or null when there is none: nginx's {@code unknown "x" variable}. */
    public @Nullable Variable find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        Variable known = resolved.get(key);
        if (known != null) {
            return known;
        }
        Variable made = make(key);
        if (made != null) {
            resolved.put(key, made);
        }
        return made;
    }

    /** As {@link #find}, for a name in small letters that is known only while requests run: nothing is kept, any thread may ask. */
    public @Nullable Variable lookup(String name) {
        Variable known = resolved.get(name);
        return known != null ? known : make(name);
    }

    private @Nullable Variable make(String key) {
        VariableDefinition definition = exact.get(key);
        if (definition != null) {
            return definition.make().apply(key);
        }
        VariableDefinition best = null;
        for (VariableDefinition p : prefixes) {
            if (key.startsWith(p.name())
                    && (best == null || p.name().length() > best.name().length())) {
                best = p;
            }
        }
        return best == null ? null : best.make().apply(key);
    }
}
