using Secrets.Protocol.Chats;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>The composed form of names, held to examples of Unicode Standard Annex 15 and to its own tables.</summary>
public sealed class ComposedFormTests
{
    [Theory]
    [InlineData("A\u030a", "\u00c5")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u1e9b\u0323", "\u1e9b\u0323")]
    [InlineData("d\u0323\u0307", "\u1e0d\u0307")]
    [InlineData("d\u0307\u0323", "\u1e0d\u0307")]
    [InlineData("\u1e0b\u0323", "\u1e0d\u0307")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\uac00\u11a8", "\uac01")]
    [InlineData("\uac01\u11a8", "\uac01\u11a8")]
    [InlineData("a\u0315\u0300\u05ae\u0300b", "\u00e0\u05ae\u0300\u0315b")]
    [InlineData("\ufb01 plain", "\ufb01 plain")]
    public void Examples_are_composed_as_published(string text, string composed)
    {
        Assert.Equal(composed, ComposedForm.Normalise(text));
        Assert.Equal(composed, ComposedForm.Normalise(composed));
    }

    [Fact]
    public void Every_composite_is_the_form_of_its_parts()
    {
        var table = ComposedFormTables.Composing;
        for (var i = 0; i < table.Length; i += 3)
        {
            var composite = char.ConvertFromUtf32(table[i]);
            Assert.Equal(composite, ComposedForm.Normalise(char.ConvertFromUtf32(table[i + 1]) + char.ConvertFromUtf32(table[i + 2])));
            Assert.Equal(composite, ComposedForm.Normalise(composite));
        }
    }
}
