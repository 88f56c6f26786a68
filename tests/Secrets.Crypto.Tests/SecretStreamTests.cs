namespace Secrets.Crypto.Tests;

public sealed class SecretStreamTests
{
    private static readonly byte[] Key = Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static readonly byte[] Header = Convert.FromHexString("6465666768696a6b6c6d6e6f707172737475767778797a7b");

    [Fact]
    public void A_stream_gives_the_known_ciphertexts()
    {
        // made by tools/check-primitives.py
        var header = new byte[SecretStreamWriter.HeaderSize];
        using var writer = SecretStreamWriter.Create(header, Key, new FixedRandomSource(Header));
        Assert.Equal(Header, header);
        Assert.Equal("5fd5ec9f27982984c6c795bc5f0c7c4685", Push(writer, [], [], SecretStreamTag.None));
        Assert.Equal("4ae96c67f3b2b6bf08463f879202efc3d8037657591a", Push(writer, "hello"u8.ToArray(), "ad"u8.ToArray(), SecretStreamTag.Push));
        Assert.Equal("098feb86acd45d0e12b117c8fd711d2b9bd9e65ca97e0b9ca6c7186e6d5136e0eacaaac8c8e3a669e90a14ddff7f92b3c552ab167e8f96b540dbc0311873313415839c00a975223f93c96b67394620965ecf2d14f9e74a", Push(writer, new byte[70], [], SecretStreamTag.Rekey));
        Assert.Equal("7a762a31fb2ecec47c0154b6138bed8147ce464ec6bc", Push(writer, "after"u8.ToArray(), [], SecretStreamTag.None));
        writer.Rekey();
        Assert.Equal("a6e96204b06e80d1f761daeb1498de7e5dedbd7a2e", Push(writer, "last"u8.ToArray(), [], SecretStreamTag.Final));
    }

    [Fact]
    public void A_reader_gets_every_message_with_its_tag_until_the_end()
    {
        var messages = Write(out var header);
        using var reader = SecretStreamReader.Create(header, Key);
        for (var i = 0; i < messages.Count; i++)
        {
            Assert.False(reader.IsFinished);
            var (text, tag, bytes) = messages[i];
            var opened = new byte[text.Length];
            Assert.True(reader.TryPull(opened, out var found, bytes, []));
            Assert.Equal(text, opened);
            Assert.Equal(tag, found);
        }
        Assert.True(reader.IsFinished);
        Assert.False(reader.TryPull(new byte[messages[^1].Text.Length], out _, messages[^1].Bytes, []));
    }

    [Fact]
    public void Changed_reordered_repeated_and_left_out_messages_are_refused_and_leave_the_stream_as_it_was()
    {
        // E-26
        var messages = Write(out var header);
        using var reader = SecretStreamReader.Create(header, Key);
        var opened = new byte[messages[0].Text.Length];
        foreach (var changed in Flip.EveryBit(messages[0].Bytes))
        {
            opened.AsSpan().Fill(0xaa);
            Assert.False(reader.TryPull(opened, out _, changed, []));
            Assert.Equal(new byte[opened.Length], opened);
        }
        Assert.False(reader.TryPull(opened, out _, messages[0].Bytes, "other"u8));
        Assert.False(reader.TryPull(new byte[messages[1].Text.Length], out _, messages[1].Bytes, []));
        Assert.True(reader.TryPull(opened, out _, messages[0].Bytes, []));
        Assert.False(reader.TryPull(opened, out _, messages[0].Bytes, []));
        Assert.False(reader.TryPull(new byte[messages[2].Text.Length], out _, messages[2].Bytes, []));
        Assert.True(reader.TryPull(new byte[messages[1].Text.Length], out _, messages[1].Bytes, []));
        Assert.False(reader.IsFinished); // what ends here was cut off
    }

    [Fact]
    public void Every_flipped_bit_of_header_or_key_is_refused()
    {
        var messages = Write(out var header);
        var opened = new byte[messages[0].Text.Length];
        foreach (var changed in Flip.EveryBit(header))
        {
            using var reader = SecretStreamReader.Create(changed, Key);
            Assert.False(reader.TryPull(opened, out _, messages[0].Bytes, []));
        }
        foreach (var changed in Flip.EveryBit(Key))
        {
            using var reader = SecretStreamReader.Create(header, changed);
            Assert.False(reader.TryPull(opened, out _, messages[0].Bytes, []));
        }
    }

    [Fact]
    public void Nothing_is_written_after_the_end_and_wrong_sizes_are_refused()
    {
        var header = new byte[SecretStreamWriter.HeaderSize];
        using var writer = SecretStreamWriter.Create(header, Key, new SeededRandomForTestsOnly(1));
        Assert.Throws<ArgumentException>(() => writer.Push(new byte[16], [], [], SecretStreamTag.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Push(new byte[17], [], [], (SecretStreamTag)4));
        Push(writer, [], [], SecretStreamTag.Final);
        Assert.Throws<InvalidOperationException>(() => Push(writer, [], [], SecretStreamTag.None));
        Assert.Throws<ArgumentException>(() => SecretStreamWriter.Create(new byte[23], Key, RandomSource.System));
        Assert.Throws<ArgumentException>(() => SecretStreamWriter.Create(new byte[24], new byte[31], RandomSource.System));
        Assert.Throws<ArgumentException>(() => SecretStreamReader.Create(new byte[24], new byte[33]));
    }

    private static string Push(SecretStreamWriter writer, byte[] message, byte[] associatedData, SecretStreamTag tag)
    {
        var ciphertext = new byte[message.Length + SecretStreamWriter.Overhead];
        writer.Push(ciphertext, message, associatedData, tag);
        return Convert.ToHexStringLower(ciphertext);
    }

    private static List<(byte[] Text, SecretStreamTag Tag, byte[] Bytes)> Write(out byte[] header)
    {
        header = new byte[SecretStreamWriter.HeaderSize];
        using var writer = SecretStreamWriter.Create(header, Key, new SeededRandomForTestsOnly(2));
        var messages = new List<(byte[], SecretStreamTag, byte[])>();
        foreach (var (length, tag) in new[] { (20, SecretStreamTag.None), (0, SecretStreamTag.Rekey), (1000, SecretStreamTag.Push), (5, SecretStreamTag.Final) })
        {
            var text = new byte[length];
            text.AsSpan().Fill(0x5a);
            messages.Add((text, tag, Convert.FromHexString(Push(writer, text, [], tag))));
        }
        return messages;
    }
}
