using System.Reflection;

namespace Secrets.Crypto.Tests;

/// <summary>Every typed value is in one of two registries, and every entry goes through the same misuse.</summary>
public sealed class MisuseTests
{
    private delegate bool Reader(byte[] bytes, out object? value);

    private static readonly Dictionary<Type, (byte[] Valid, bool TakesZero, Reader Read)> Values = new()
    {
        [typeof(X25519PublicKey)] = (X25519PrivateKey.FromBytes(new byte[32]).PublicKey.Bytes.ToArray(), false, Read<X25519PublicKey>(X25519PublicKey.TryRead)),
        [typeof(Ed25519PublicKey)] = (SmallOrder.PrimeOrder, false, Read<Ed25519PublicKey>(Ed25519PublicKey.TryRead)),
        [typeof(Ed25519Signature)] = (Enumerable.Repeat((byte)7, 64).ToArray(), true, Read<Ed25519Signature>(Ed25519Signature.TryRead)),
        [typeof(Hash256)] = (Enumerable.Repeat((byte)7, 32).ToArray(), true, Read<Hash256>(Hash256.TryRead)),
        [typeof(MlKemEncapsulationKey)] = (MlKemDecapsulationKey.FromSeed(new byte[64]).EncapsulationKey.Bytes.ToArray(), true, ReadMlKem),
    };

    /// <summary>How each owner of a secret is made, and everything that touches the secret.</summary>
    private static readonly Dictionary<Type, (Func<IDisposable> Create, Action<IDisposable>[] Uses)> Owners = new()
    {
        [typeof(SecretBuffer)] = (() => SecretBuffer.Generate(32, Random()),
            [o => _ = ((SecretBuffer)o).Length, o => ((SecretBuffer)o).ExportForVault(new byte[32]), o => _ = ((SecretBuffer)o).Bytes, o => _ = ((SecretBuffer)o).Memory]),
        [typeof(X25519PrivateKey)] = (() => X25519PrivateKey.Generate(Random()),
            [o => ((X25519PrivateKey)o).TryAgree(((X25519PrivateKey)o).PublicKey, new byte[32]), o => ((X25519PrivateKey)o).ExportForVault(new byte[32])]),
        [typeof(Ed25519PrivateKey)] = (() => Ed25519PrivateKey.Generate(Random()),
            [o => ((Ed25519PrivateKey)o).Sign([]), o => ((Ed25519PrivateKey)o).ExportForVault(new byte[32]), o => ((Ed25519PrivateKey)o).ConvertToX25519(), o => ((Ed25519PrivateKey)o).Blind(Factor())]),
        [typeof(BlindingFactor)] = (Factor,
            [o => SigningKey().Blind((BlindingFactor)o), o => SigningKey().PublicKey.TryBlind((BlindingFactor)o, out _)]),
        [typeof(BlindedSigningKey)] = (() => SigningKey().Blind(Factor()),
            [o => ((BlindedSigningKey)o).Sign([])]),
        [typeof(MlKemDecapsulationKey)] = (() => MlKemDecapsulationKey.Generate(Random()),
            [o => ((MlKemDecapsulationKey)o).TryDecapsulate(new byte[1088], new byte[32]), o => ((MlKemDecapsulationKey)o).ExportForVault(new byte[64])]),
        [typeof(SecretStreamWriter)] = (() => SecretStreamWriter.Create(new byte[24], new byte[32], Random()),
            [o => ((SecretStreamWriter)o).Push(new byte[17], [], [], SecretStreamTag.None), o => ((SecretStreamWriter)o).Rekey()]),
        [typeof(SecretStreamReader)] = (() => SecretStreamReader.Create(new byte[24], new byte[32]),
            [o => ((SecretStreamReader)o).TryPull([], out _, new byte[17], []), o => ((SecretStreamReader)o).Rekey()]),
        [typeof(LabelledHash)] = (() => LabelledHash.Start("label"u8).Add("secret"u8),
            [o => ((LabelledHash)o).Add([]), o => ((LabelledHash)o).Finish()]),
    };

    [Fact]
    public void Every_typed_value_and_every_owner_of_a_secret_is_registered()
    {
        var types = typeof(SecretBuffer).Assembly.GetExportedTypes();
        Assert.Equal(
            types.Where(t => t.GetMethod("TryRead", BindingFlags.Static | BindingFlags.Public) is not null).ToHashSet(),
            Values.Keys.ToHashSet());
        Assert.Equal(
            types.Where(t => t.IsAssignableTo(typeof(IDisposable))).ToHashSet(),
            Owners.Keys.ToHashSet());
    }

    [Fact]
    public void A_value_is_read_from_its_exact_length_only()
    {
        foreach (var (type, (valid, _, read)) in Values)
        {
            Assert.True(read(valid, out _), type.Name);
            foreach (var length in new[] { 0, 1, valid.Length - 1, valid.Length + 1, 2 * valid.Length })
            {
                var bytes = new byte[length];
                valid.AsSpan(0, Math.Min(length, valid.Length)).CopyTo(bytes);
                Assert.False(read(bytes, out _), $"{type.Name}: {length}");
            }
        }
    }

    [Fact]
    public void All_zeros_are_no_key()
    {
        foreach (var (type, (valid, takesZero, read)) in Values)
            Assert.True(read(new byte[valid.Length], out _) == takesZero, type.Name);
    }

    [Fact]
    public void Equal_bytes_are_equal_values_and_any_other_bit_is_not()
    {
        foreach (var (type, (valid, _, read)) in Values)
        {
            Assert.True(read(valid, out var one));
            Assert.True(read((byte[])valid.Clone(), out var same));
            Assert.True(one!.Equals(same), type.Name);
            Assert.Equal(one.GetHashCode(), same!.GetHashCode());
            Assert.False(one.Equals(null));
            Assert.False(one.Equals("text"));
            foreach (var changed in Flip.EveryBit(valid).Take(1000))
            {
                if (read(changed, out var other))
                    Assert.False(one.Equals(other), type.Name);
            }
            Assert.Equal(valid, type.GetProperty("Bytes") is null ? null : BytesOf(one));
        }
    }

    [Fact]
    public void Nothing_prints_its_bytes()
    {
        foreach (var (type, (valid, _, read)) in Values)
        {
            Assert.True(read(valid, out var value));
            Assert.Equal(type.Name, value!.ToString());
        }
        foreach (var (type, (create, _)) in Owners.Where(o => o.Key != typeof(LabelledHash)))
        {
            using var owner = create();
            Assert.Equal(type.Name, owner.ToString());
        }
    }

    [Fact]
    public void A_value_that_was_never_read_is_refused_by_every_operation()
    {
        using var x25519 = X25519PrivateKey.Generate(Random());
        using var ed25519 = SigningKey();
        using var factor = Factor();
        Assert.False(x25519.TryAgree(default, new byte[32]));
        Assert.False(default(Ed25519PublicKey).Verify([], ed25519.Sign([])));
        Assert.False(ed25519.PublicKey.Verify([], default));
        Assert.False(default(Ed25519PublicKey).TryBlind(factor, out _));
        Assert.False(default(Ed25519PublicKey).TryConvertToX25519(out _));
    }

    [Fact]
    public void A_secret_that_was_disposed_of_is_refused_by_every_operation()
    {
        foreach (var (type, (create, uses)) in Owners)
        {
            foreach (var use in uses)
            {
                var owner = create();
                use(owner);
                owner = create();
                owner.Dispose();
                owner.Dispose(); // twice is no mistake
                Assert.Throws<ObjectDisposedException>(() => use(owner));
            }
            Assert.NotEmpty(type.Name);
        }
    }

    [Fact]
    public void Disposing_wipes_every_byte()
    {
        // E-28
        foreach (var (type, (create, _)) in Owners)
        {
            var owner = create();
            var arrays = SecretArrays(owner).ToList();
            Assert.NotEmpty(arrays);
            if (type != typeof(LabelledHash))
                Assert.All(arrays, array => Assert.True(array.AsSpan().ContainsAnyExcept((byte)0), type.Name));
            owner.Dispose();
            Assert.All(arrays, array => Assert.False(array.AsSpan().ContainsAnyExcept((byte)0), type.Name));
        }
    }

    [Fact]
    public void Keys_of_the_wrong_length_are_refused()
    {
        foreach (var length in new[] { 0, 31, 33, 64 })
        {
            Assert.Throws<ArgumentException>(() => X25519PrivateKey.FromBytes(new byte[length]));
            Assert.Throws<ArgumentException>(() => Ed25519PrivateKey.FromSeed(new byte[length]));
            Assert.Throws<ArgumentException>(() => X25519PrivateKey.FromBytes(new byte[32]).TryAgree(default, new byte[length]));
            Assert.Throws<ArgumentException>(() => X25519PrivateKey.FromBytes(new byte[32]).ExportForVault(new byte[length]));
            Assert.Throws<ArgumentException>(() => SigningKey().ExportForVault(new byte[length]));
            Assert.Throws<ArgumentException>(() => Ed25519PublicKey.FromTrusted(new byte[length]));
            Assert.Throws<ArgumentException>(() => MlKemDecapsulationKey.FromSeed(new byte[64]).TryDecapsulate(new byte[1088], new byte[length]));
            Assert.Throws<ArgumentException>(() => MlKemDecapsulationKey.FromSeed(new byte[64]).EncapsulationKey.Encapsulate(new byte[1088], new byte[length], RandomSource.System));
        }
        Assert.Throws<ArgumentException>(() => MlKemDecapsulationKey.FromSeed(new byte[63]));
        Assert.Throws<ArgumentException>(() => MlKemDecapsulationKey.FromSeed(new byte[64]).ExportForVault(new byte[63]));
        Assert.False(MlKemDecapsulationKey.FromSeed(new byte[64]).TryDecapsulate(new byte[1087], new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecretBuffer(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecretBuffer(-1));
    }

    private static IEnumerable<byte[]> SecretArrays(object owner)
    {
        // a base class keeps its private fields to itself
        var types = new List<Type>();
        for (var type = owner.GetType(); type is not null; type = type.BaseType)
            types.Add(type);
        foreach (var field in types.SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
        {
            var value = field.GetValue(owner);
            if (value is byte[] array)
                yield return array;
            else if (value is SecretBuffer or System.Security.Cryptography.MLKem)
            {
                foreach (var inner in SecretArrays(value))
                    yield return inner;
            }
        }
    }

    private static byte[] BytesOf(object value) => value switch
    {
        X25519PublicKey key => key.Bytes.ToArray(),
        Ed25519PublicKey key => key.Bytes.ToArray(),
        Ed25519Signature signature => signature.Bytes.ToArray(),
        Hash256 hash => hash.Bytes.ToArray(),
        MlKemEncapsulationKey key => key.Bytes.ToArray(),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private delegate bool TryRead<T>(ReadOnlySpan<byte> source, out T value);

    private static Reader Read<T>(TryRead<T> tryRead) => (byte[] bytes, out object? value) =>
    {
        var taken = tryRead(bytes, out var typed);
        value = typed;
        return taken;
    };

    private static bool ReadMlKem(byte[] bytes, out object? value)
    {
        var taken = MlKemEncapsulationKey.TryRead(bytes, out var key);
        value = key;
        return taken;
    }

    private static SeededRandomForTestsOnly Random() => new(9);

    private static BlindingFactor Factor() => BlindingFactor.Derive("factor"u8);

    private static Ed25519PrivateKey SigningKey() => Ed25519PrivateKey.Generate(Random());
}
