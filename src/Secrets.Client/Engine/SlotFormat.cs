using System.Diagnostics.CodeAnalysis;
using Secrets.Store;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>Reading what this program wrote into its own slots: authenticated by the store, so a misfit is damage.</summary>
internal static class SlotFormat
{
    /// <summary>Names the damage if a field does not fit.</summary>
    public static void Require([DoesNotReturnIf(false)] bool fits)
    {
        if (!fits)
            throw new StoreException(StoreError.Damaged, StoreDamage.Slot);
    }

    /// <summary>Names the damage if a fact that every store has is missing.</summary>
    public static void RequireFact([DoesNotReturnIf(false)] bool fits)
    {
        if (!fits)
            throw new StoreException(StoreError.Damaged, StoreDamage.Commit);
    }

    public static void WriteTexts(ref WireWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteByte((byte)texts.Count);
        foreach (var text in texts)
            writer.WriteBytes16(System.Text.Encoding.UTF8.GetBytes(text));
    }

    public static int TextsSize(IReadOnlyList<string> texts) => 1 + texts.Sum(t => 2 + System.Text.Encoding.UTF8.GetByteCount(t));

    public static IReadOnlyList<string> ReadTexts(ref WireReader reader)
    {
        Require(reader.TryReadByte(out var count));
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            Require(reader.TryReadBytes16(ushort.MaxValue, out var bytes));
            texts[i] = System.Text.Encoding.UTF8.GetString(bytes);
        }
        return texts;
    }
}
