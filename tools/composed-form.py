#!/usr/bin/env python3
"""Writes src/Secrets.Protocol/Chats/Texts/ComposedFormTables.cs from Python's Unicode data: the program runs without the
globalization library, so the composed form (NFC) of names needs tables of its own."""
import os
import sys
import unicodedata

composing, plain, classes = [], [], []
for code in range(sys.maxunicode + 1):
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code < 0xD7A4:  # surrogates; Hangul is computed
        continue
    char = chr(code)
    mark = unicodedata.combining(char)
    if mark:
        if classes and classes[-1][2] == mark and classes[-1][1] == code - 1:
            classes[-1][1] = code
        else:
            classes.append([code, code, mark])
    parts = unicodedata.decomposition(char)
    if parts and not parts.startswith('<'):
        first, second = (parts.split() + ['0'])[:2]
        composes = unicodedata.normalize('NFC', char) == char
        (composing if composes else plain).append([code, int(first, 16), int(second, 16)])


def span(name, comment, rows):
    numbers = [f'0x{n:X}' if i % 3 < 2 or name != 'Classes' else str(n) for row in rows for i, n in enumerate(row)]
    lines = [', '.join(numbers[i:i + 15]) for i in range(0, len(numbers), 15)]
    body = ',\n        '.join(lines)
    return f'    /// <summary>{comment}</summary>\n    public static ReadOnlySpan<int> {name} =>\n    [\n        {body},\n    ];\n'


text = f'''#pragma warning disable MA0051 // tables are as long as they are
namespace Secrets.Protocol.Chats;

/// <summary>Unicode {unicodedata.unidata_version}: canonical decompositions and combining classes. Written by tools/composed-form.py.</summary>
internal static class ComposedFormTables
{{
''' + '\n'.join([
    span('Composing', 'Character, its two parts: parts that compose again.', composing),
    span('Decomposing', 'Character, its one or two parts (0 for none): never composed again.', plain),
    span('Classes', 'First and last character of a range, its combining class.', classes),
]) + '}\n'
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
with open(os.path.join(root, 'src/Secrets.Protocol/Chats/Texts/ComposedFormTables.cs'), 'w', encoding='utf-8') as file:
    file.write(text)
